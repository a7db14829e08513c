"""What every test runs under."""

from hypothesis import HealthCheck, settings

settings.register_profile(  # The same examples in every run; the scripts look for new ones.
    "walletcard", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=150
)
settings.load_profile("walletcard")
