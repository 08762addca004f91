"""A built dataset on the Hub: what may be published, the plan, the deed, and versions that come back."""
