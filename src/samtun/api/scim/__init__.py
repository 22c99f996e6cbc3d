"""SCIM 2.0 (RFC 7643, 7644): a municipality's directory hands over its employees."""
