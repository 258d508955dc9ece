"""The verbs: promise, claim, record, reconcile, answer."""
