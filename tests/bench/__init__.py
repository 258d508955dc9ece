"""What the platform carries on this machine, as ratios against named baselines.

``make bench`` prints one JSON line a figure. Baselines are measured in the same run,
round by round beside what they are compared with, so that a busy machine is no news.
"""
