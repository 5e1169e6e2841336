"""castabout: a self-hosted podcast discovery engine."""

__version__ = "0.1.0"
