// passkit-generator: its folder model, and a template that is kept.
import { readFileSync, writeFileSync, mkdirSync, readdirSync, copyFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { join } from "node:path";

const [home, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { PKPass } = require("passkit-generator");
const version = JSON.parse(readFileSync(join(modules, "node_modules/passkit-generator/package.json"))).version;

const model = join(home, "model.pass");
mkdirSync(model, { recursive: true });
copyFileSync(join(home, "pass.json"), join(model, "pass.json"));
for (const name of readdirSync(join(home, "pictures"))) copyFileSync(join(home, "pictures", name), join(model, name));

const read = (name) => readFileSync(join(home, name));
const certificates = { wwdr: read("wwdr.pem"), signerCert: read("certificate.pem"), signerKey: read("key.pem") };
const serial = JSON.parse(read("pass.json")).serialNumber;
let number = 0;
const props = () => ({ serialNumber: `${serial}-${number++}` });
const template = await PKPass.from({ model, certificates });

const uses = {
  "as documented": async () => (await PKPass.from({ model, certificates }, props())).getAsBuffer(),
  "template kept": async () => (await PKPass.from(template, props())).getAsBuffer(),
};

const say = (told) => process.stdout.write(JSON.stringify(told) + "\n");
say({ version, uses: Object.keys(uses) });
for await (const line of createInterface({ input: process.stdin })) {
  const [verb, use, argument] = line.split("\t");
  try {
    if (verb === "show") {
      writeFileSync(argument, await uses[use]());
      say({ shown: argument });
    } else {
      const began = process.cpuUsage();
      let calls = 0, seconds = 0;
      while (seconds < Number(argument)) {
        await uses[use]();
        calls += 1;
        const used = process.cpuUsage(began);
        seconds = (used.user + used.system) / 1e6;
      }
      say({ seconds: seconds / calls });
    }
  } catch (error) {
    say({ error: String(error).split("\n")[0].slice(0, 160) });
  }
}
