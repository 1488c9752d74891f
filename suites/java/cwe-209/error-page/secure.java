            LOG.log(Level.SEVERE, "the action failed", e);
            return "<h1>Something went wrong</h1><p>Please try again later.</p>";
        }
    }
