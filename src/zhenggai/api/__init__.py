"""The programming interface (接口): JSON over HTTP for other programs, by the same services as the pages."""
