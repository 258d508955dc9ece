"""The desk from one shift to the next: what stands, and who has signed for it."""
