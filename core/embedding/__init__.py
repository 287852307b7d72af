"""Encoders: the protocol, the known ones, their weights, and open_clip behind it all."""
