"""Builders that several test suites share."""
