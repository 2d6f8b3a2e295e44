-- A comment as apropos writes it, in one statement: the thread's counters, the comment, what the thread is to its
-- author, the log's counter, the entry.
\set thread random(1, :threads)
\set person random(1, :people)
WITH told AS (
  UPDATE thread SET last_number = last_number + 1, comment_count = comment_count + 1, seq = seq + 1, last_activity_at = 1795510800000
  WHERE workspace_id = 'wsp_' || :thread::int AND id = 'thr_' || :thread::int
  RETURNING workspace_id, id, record_id, last_number, seq
), posted AS (
  INSERT INTO comment (workspace_id, id, thread_id, number, seq, kind, author, body, html, nodes, mentions, posted_at, version)
  SELECT workspace_id, 'cmt_' || lpad(nextval('ids')::text, 26, '0'), id, last_number, seq, 'comment', 'person-' || :person::int,
    E'Procurement says **two suppliers** cannot deliver before week 41.\nI would lock *900,000* for Q3 and move the rest; does that hold?',
    E'<p>Procurement says <strong>two suppliers</strong> cannot deliver before week 41.<br>I would lock <em>900,000</em> for Q3 and move the rest; does that hold?</p>',
    E'[["p",{},"Procurement says ",["strong",{},"two suppliers"]," cannot deliver before week 41.",["br",{}],"I would lock ",["em",{},"900,000"]," for Q3 and move the rest; does that hold?"]]',
    '[]', 1795510800000, 1
  FROM told RETURNING workspace_id, id
), taken AS (
  INSERT INTO participation (workspace_id, thread_id, person_id, wrote, read_seq, read_number, skipped)
  SELECT workspace_id, id, 'person-' || :person::int, true, seq, last_number, 0 FROM told
  ON CONFLICT (workspace_id, thread_id, person_id)
  DO UPDATE SET read_seq = excluded.read_seq, read_number = excluded.read_number, wrote = true
), counted AS (
  UPDATE log_head SET position = position + 1 WHERE workspace_id = (SELECT workspace_id FROM told) RETURNING position
)
INSERT INTO entry (workspace_id, position, id, type, record_id, thread_id, seq, actor_id, at, data, caller, origin, seal)
SELECT told.workspace_id, counted.position, 'evt_' || lpad(nextval('ids')::text, 26, '0'), 'comment.posted', told.record_id, told.id,
  told.seq, 'person-' || :person::int, 1795510800000, '{"comment_id":"' || posted.id || '","mentions":[]}',
  NULL, '127.0.0.1', 'AAAAAAAAAAAAAAAAAAAAAAAA'
FROM told, posted, counted;
