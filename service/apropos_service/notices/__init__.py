"""Who is told what: the reasons for one person to look at one thread, found from what the log says."""
