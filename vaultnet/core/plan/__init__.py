"""Standings and a week become a plan: one file per section."""
