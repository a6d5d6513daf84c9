"""The programs that run beside Django on one machine: database, broker, web server, worker and beat."""
