"""What is decided about sending: values in, values out, no clock and no network."""
