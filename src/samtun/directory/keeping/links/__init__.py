"""Looking whether the web addresses in the map still lead somewhere, politely and in safety.

Addresses are typed by anybody, so a look must never reach our own network: `targets` decides what
may be reached, and `network` connects to the very address that was decided on.
"""
