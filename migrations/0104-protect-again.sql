-- Tables that came to a database after the second fence was put up there.
call hub.protect();
