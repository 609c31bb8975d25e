"""The newsdesk: what of all that is new is told in a post, what is bundled, when it may go out, what is put right."""
