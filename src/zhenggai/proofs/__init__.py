"""Hash chains that anyone can check without the database they came from (证明); no Django."""
