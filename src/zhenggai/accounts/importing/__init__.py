"""Organisations, people and posts out of a spreadsheet (批量导入单位、人员、职务)."""
