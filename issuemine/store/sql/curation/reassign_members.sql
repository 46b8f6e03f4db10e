UPDATE members SET topic_id = said.topic_id FROM said WHERE members.mention_id = said.mention_id
