"""Word documents (Word 文档): `document` reads one; its package and markup are those of workbooks, too.

Nothing is loaded here: a workbook is opened in a process of its own, which begins for every one of them.
"""
