"""What a resident sees without signing in: their ticket's page, and its survey.

Whoever has the number may see the page, so it holds nothing about a person.
"""
