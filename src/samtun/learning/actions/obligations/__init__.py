"""What each employee is to do: derived from rules, evidence and decisions, never by hand.

The rules of the active version of each plan say who has an item to do; `calling` and `working_out`
say as pure functions what the rows of a job and item are to be today, `reading` and `writing` do so
for many at once. Whoever changes a job, evidence, a decision or a plan calls `follow` or
`recompute` inside the same transaction; the night does the same for everybody. The same rows, facts
and day always give the same, however often and by whichever of them it is worked out.

- **In force** is the row without `ended_on`: to do, done or exempt. There is exactly one for each
  job and item that a rule asks for, and none otherwise. Rows are never deleted: what is not done
  and no longer asked for is ended, what is done stays done and is history.
- **Who.** A rule hits jobs that have begun and are not over (`left_on` is the last day), in its
  unit or anything under it, with its professions, leaders and days of joining; always within the
  municipalities of the plan (of a region: what it keeps without a municipality, too). A unit
  without a municipality lies where the nearest unit above it does. An active version asks until it
  is replaced or evaluated, or the plan is archived; `ends_on` ends nothing by itself.
- **By when.** Calendar days; no clock is ever asked. `due_days` count from the last of: joining,
  the start of the plan, and the day on which the job came under the rule, which is remembered in
  `why["since"]`. So a date stays when nights pass, when somebody moves within what a rule is for,
  and when a new version repeats the rule; a rule with another date is one that they come under
  anew. `due_on` holds as agreed for those who were there when it began; who comes later has at
  least thirty days (`calling.GRACE`). Of several rules the earliest date counts, and `why["also"]`
  names the others. A required item whose rule has no date is to be done some time.
- **Done** is any evidence of the course or module, from before too, alone, together or brought
  along; of events, activities and reading evidence under the item's key. Earlier learning
  (`Learnt.EQUIVALENT`) counts only through its decision. Evidence is the learner's, so it serves
  all their jobs. What is done stays done when they move, when a list is imported anew, when the
  course is revised, and when the plan puts another course in its place.
- **Again.** A recurring item runs out `valid_months` after it was done (the last of a shorter
  month); `renew_days` before that, but not before half of the time, the next cycle opens, due on
  the day it runs out. Doing it earlier counts, and is a cycle too. `follows_revisions`: when the
  edition is newer than the one done, the next cycle opens, due `renew_days` later. What had run out
  before the rule came is due as the rule says.
- **Decisions.** Exempt until the day, or for good; afterwards there are thirty days at least. More
  time moves the date, never back. What is done is done also for the exempt.
- **Coming back** opens the same row anew, with new time.
- **Offers** (`is_required` False) have no date, and nobody is reminded of them.
"""

from samtun.learning.actions.obligations.calling_off import letter_key
from samtun.learning.actions.obligations.running import follow, follow_all, recompute, tonight

__all__ = ["follow", "follow_all", "letter_key", "recompute", "tonight"]
