"""Values in, bytes out (文书与导出): equal input gives equal bytes, without clock or database."""
