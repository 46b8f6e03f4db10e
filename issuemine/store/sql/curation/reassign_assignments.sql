UPDATE assignments SET topic_id = said.topic_id FROM said WHERE assignments.mention_id = said.mention_id
