-- Directories note numbers for themselves among those for everybody: "FCFH updates only", "Director's home, do not give out".
-- What is said of a number tells it; whoever keeps the listing changes these words, or the number.
create function hub.is_private_number(description text) returns boolean language sql immutable parallel safe as $$
  select coalesce(description ~* '\m(do not|don.?t|never|not to be) (give|given|publish|published|release|released|share|shared|list|listed)\M'
      '|\m(fcfh|211|2-1-1|agency|agencies|staff|internal|office|provider|providers) (use )?only\M|\muse only\M'
      '|\m(fcfh|211|2-1-1|directory|listing|database)( #)?( for)? updates?\M|\mupdates? (only|contact)\M'
      '|\m(unlisted|unpublished|non-?published|private (number|line|phone|#))|\mnot for (the )?(public|clients?)\M'
      '|\mno (dar|divulgar|publicar|compartir)\M|\mnúmero privado\M|\muso interno\M|\msolo (personal|agencias)\M', false)
$$;
