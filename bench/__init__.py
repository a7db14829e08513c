"""What walletcard costs, as shares of the one thing nobody can avoid: an RSA signature. ``python -m bench``."""
