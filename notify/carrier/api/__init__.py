"""The carriers' interfaces as their own libraries call them."""
