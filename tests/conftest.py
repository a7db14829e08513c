"""What every test runs under."""

from hypothesis import HealthCheck, settings

settings.register_profile("walletcard", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
settings.load_profile("walletcard")
