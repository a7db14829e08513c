// What KDE's pass library makes of the passes named on the command line: one JSON object a line.

#include <Barcode>
#include <BoardingPass>
#include <Field>
#include <Location>
#include <Pass>

#include <QColor>
#include <QCoreApplication>
#include <QDateTime>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>
#include <QTextStream>

#include <memory>

namespace
{
QJsonArray fieldsOf(const QVector<KPkPass::Field> &fields)
{
    QJsonArray made;
    for (const auto &one : fields) {
        made.append(QJsonObject{{"key", one.key()},
                                {"label", one.label()},
                                {"value", one.valueDisplayString()},
                                {"change", one.changeMessage()}});
    }
    return made;
}

QJsonArray barcodesOf(const QVector<KPkPass::Barcode> &barcodes)
{
    QJsonArray made;
    for (const auto &one : barcodes) {
        const char *format = QMetaEnum::fromType<KPkPass::Barcode::Format>().valueToKey(one.format());
        made.append(QJsonObject{{"format", format},
                                {"message", one.message()},
                                {"encoding", one.messageEncoding()},
                                {"alt", one.alternativeText()}});
    }
    return made;
}

QJsonArray placesOf(const QVector<KPkPass::Location> &places)
{
    QJsonArray made;
    for (const auto &one : places) {
        made.append(QJsonObject{
            {"latitude", one.latitude()}, {"longitude", one.longitude()}, {"text", one.relevantText()}});
    }
    return made;
}

QJsonObject imagesOf(const KPkPass::Pass &pass)
{
    QJsonObject made;
    for (const auto *name : {"icon", "logo", "strip", "thumbnail", "background", "footer"}) {
        if (!pass.hasImage(QLatin1String(name))) {
            continue;
        }
        QJsonArray sizes;
        for (unsigned int density : {1, 2, 3}) {
            const QImage image = pass.image(QLatin1String(name), density);
            sizes.append(QJsonArray{image.width(), image.height()});
        }
        made.insert(QLatin1String(name), sizes);
    }
    return made;
}

QJsonObject read(const QString &path)
{
    const std::unique_ptr<KPkPass::Pass> pass(KPkPass::Pass::fromFile(path));
    if (!pass) {
        return {{"read", false}};
    }
    const auto moment = pass->expirationDate();
    QJsonObject made{
        {"read", true},
        {"style", QMetaEnum::fromType<KPkPass::Pass::Type>().valueToKey(pass->type())},
        {"pass_type", pass->passTypeIdentifier()},
        {"serial", pass->serialNumber()},
        {"organization", pass->organizationName()},
        {"description", pass->description()},
        {"logo_text", pass->logoText()},
        {"voided", pass->isVoided()},
        {"expires", moment.isValid() ? moment.toUTC().toString(Qt::ISODate) : QString()},
        {"background", pass->backgroundColor().name()},
        {"foreground", pass->foregroundColor().name()},
        {"label", pass->labelColor().name()},
        {"headerFields", fieldsOf(pass->headerFields())},
        {"primaryFields", fieldsOf(pass->primaryFields())},
        {"secondaryFields", fieldsOf(pass->secondaryFields())},
        {"auxiliaryFields", fieldsOf(pass->auxiliaryFields())},
        {"backFields", fieldsOf(pass->backFields())},
        {"barcodes", barcodesOf(pass->barcodes())},
        {"places", placesOf(pass->locations())},
        {"images", imagesOf(*pass)},
    };
    if (const auto *boarding = qobject_cast<const KPkPass::BoardingPass *>(pass.get())) {
        const auto transit = QMetaEnum::fromType<KPkPass::BoardingPass::TransitType>();
        made.insert("transit", transit.valueToKey(boarding->transitType()));
    }
    return made;
}
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    out.setCodec("UTF-8");
    const auto paths = app.arguments().mid(1);
    for (const auto &path : paths) {
        out << QJsonDocument(read(path)).toJson(QJsonDocument::Compact) << '\n';
    }
    return 0;
}
