"""Annotations carried along when texts or labels have changed: everything, or nothing."""
