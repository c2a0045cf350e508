"""People, organisations and posts (人员、单位、职务)."""
