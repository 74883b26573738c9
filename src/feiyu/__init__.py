"""Feiyu, the software of an international data port.

One record joins the legal basis, the contract, the bytes that crossed and the money that moved, and each
party can check it offline. ``ARCHITECTURE.md`` is the way in.
"""
