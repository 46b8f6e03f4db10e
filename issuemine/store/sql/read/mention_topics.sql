SELECT mention_id, topic_id FROM mentions WHERE list_contains($mentions, mention_id)
