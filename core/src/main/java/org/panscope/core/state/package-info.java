/// What everybody believed at any instant of a trace, reduced from its events alone. Emulated runs
/// and captures go through the same code; this package knows no emulator.
///
/// [org.panscope.core.state.Reducer] applies events to a [org.panscope.core.state.StateBuilder],
/// whose snapshots are [org.panscope.core.state.ReducedState]s;
/// [org.panscope.core.state.TraceStateHistory] finds the state at any position of a trace.
///
/// Quantities of the main kinds of object (application A, kernel K, firmware F, memory M):
///
/// | kind | quantity | who |
/// |---|---|---|
/// | `queue` | `insert`, `extract`, `active` | A last stored or loaded, K last stored or sampled, F last read or published, M bytes |
/// | | `extract_init` | K, M |
/// | | `written`: end of what was stored into the ring | A, K |
/// | | `ring_va`, `ring_size`, `ring_bo`, `io_bo`, `fence_context`, `sync_va`, `mode`, `slot`, `doorbell_id` | K |
/// | | `ring_memory`: what the ring's known bytes are kept under where its buffer object is not known | M |
/// | | `idle`, `blocked`, `blocked_reason`, `wait_va`, `wait_ref`, `wait_gt`, `wait_64` | K; all but the first two F |
/// | | `state`, `pc`, `instruction`, `call_depth`, `last_ring` | F |
/// | | `doorbell_page`: `doorbell 1`, `dummy`, `none`; `last_ring` | A |
/// | | `jobs_queued`, `jobs_in_flight`, `timer`, `timer_remaining` | K |
/// | `group` | `state` | K, F |
/// | | `handle`, `file`, `refs`, `vm`, `priority`, `user_submit`, `slot`, `list`, `wait_list`, `idle_queues`, `blocked_queues`, `fatal_queues`, `timed_out`, `destroyed` | K |
/// | `slot` | `csg_state` | K requested, F acknowledged |
/// | | `group`, `as`, `doorbell_id` | K |
/// | `cs` | as the firmware's of `queue` | F |
/// | `sync` | `value`, `error` | each who stored or looked last; M bytes |
/// | `iface` | words as in panthor_fw.h | K input, F output; M `pending`, `doorbell_pending`, `cs_irq_pending` |
/// | `device` | `runnable_0` … `idle_3`, `waiting`: groups in order; `pm_state`, `pm_usage`, `resched_target`, `reset_step` | K |
/// | | `mcu_state`, `reg_…` | F |
/// | | lists that are torn end in `>` and what a walk from their head strays to: `group:1 >tick_old_1` | K |
/// | `file` | `mmap_0x…`: what is mapped there | K |
/// | | `doorbell_page_0x…`: what is behind a doorbell mapping, as in `queue` | M |
/// | `process` | `signal`, `exited` | K |
/// | `vm` | `map_0x…`: size, buffer object and offset, flags | K |
/// | `fence` | `kind`, `driver`, `timeline`, `signaled`, `error`, `job`, `published_to` | K |
/// | `job` | `step`, `group`, `queue`, `ring_start`, `ring_end`, `finished_fence`, `done_fence`, `waits_for` | K |
/// | `thread` | `ioctl`, `locks`, `context`; `waits_for`, `wait_kind` | K; A |
///
/// The main invariant is checked for most of these: at every event of an emulated run they equal
/// the live machine. Some stay what an event last said, though the machine has moved on silently:
///
/// | quantity | why |
/// |---|---|
/// | `resched_target` | the driver moves it between ticks too; shown is what the last tick ended with |
/// | `job` `waits_for` | stays until the job runs; nothing tells when the driver noticed the signal |
/// | `queue` `timer` | `fire` and `stop` leave the same timer |
/// | `queue` `doorbell_page` | a fault does not say which mapping; unsure when a file maps it twice |
/// | `eventfd` `owner` | who signals it is told with the first signal |
/// | `sync` | the GPU's stores name neither group nor queue, for the firmware does not know them |
/// | `pc` of F | a fetch that faults has moved on already; the event that stops the stream tells |
///
/// Identities are numbers as in the events; references that events give as object ids are texts.
@NullMarked
package org.panscope.core.state;

import org.jspecify.annotations.NullMarked;
