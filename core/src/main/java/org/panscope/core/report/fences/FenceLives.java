package org.panscope.core.report.fences;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.MemoryEvent.Reclaim;
import org.panscope.trace.event.MemoryEvent.ReclaimStep;
import org.panscope.trace.event.MemoryEvent.VmBindJob;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.XgsEvent.XgsJob;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// From the making of each published fence to what signalled it, and who waited for memory behind
/// it (V1, V2).
final class FenceLives implements Collector {
    /// Lives listed; more are only counted.
    private static final int MOST_ROWS = 50;

    /// One finished fence.
    private static final class Life {
        final ObjectId id;
        final Step created;
        @Nullable Step armed;
        @Nullable Step published;
        @Nullable Step signaled;
        String to = "";
        String cause = "not seen";
        int error;

        Life(ObjectId id, Step created) {
            this.id = id;
            this.created = created;
        }
    }

    private record ReclaimWait(Step from, String fence, String bo, boolean isControlled) {}

    private final Map<ObjectId, Life> open = new LinkedHashMap<>();
    private final List<Life> rows = new ArrayList<>();
    private final Map<String, Integer> causes = new TreeMap<>();
    private final Map<ObjectId, String> causeOf = new LinkedHashMap<>();
    private final Durations latency = new Durations();
    private final Map<Integer, ReclaimWait> reclaims = new LinkedHashMap<>();
    private final List<String> reclaimWaits = new ArrayList<>();
    private final Map<String, Boolean> userControlled = new LinkedHashMap<>();
    private long published;
    private long byTimeout;
    private long controlled;
    private boolean hasFences;
    private boolean hasReclaim;

    @Override
    public void add(Step step) {
        switch (step.event()) {
            case Fence fence -> fence(step, fence);
            case XgsJob job -> xgs(step, job);
            case Job job -> {
                ended(job.finished(), job.step() == JobStep.DONE, "executed");
                if (job.step() == JobStep.ARMED) {
                    armed(job.finished(), step);
                }
            }
            case VmBindJob job -> {
                ended(job.finished(), job.step() == JobStep.DONE, "VM_BIND done");
                if (job.step() == JobStep.ARMED) {
                    armed(job.finished(), step);
                }
            }
            case Reclaim reclaim -> reclaim(step, reclaim);
            default -> {}
        }
    }

    private void xgs(Step step, XgsJob job) {
        String finished = job.finished();
        switch (job.step()) {
            case ARMED -> armed(finished, step);
            case COMPLETED -> ended(finished, true, "condition met");
            case TIMEOUT -> ended(finished, true, "timeout");
            case CANCELLED -> ended(finished, true, "destroy");
            case ERROR -> ended(finished, true, "error");
            case BUSY -> {
                if (finished != null) {
                    userControlled.put(finished, true);
                }
            }
            default -> {}
        }
    }

    private void armed(@Nullable String finished, Step step) {
        Life life = finished == null ? null : open.get(ObjectId.parse(finished));
        if (life != null) {
            life.armed = step;
        }
    }

    private void ended(@Nullable String finished, boolean isEnd, String cause) {
        if (finished != null && isEnd) {
            causeOf.put(ObjectId.parse(finished), cause);
        }
    }

    private void fence(Step step, Fence fence) {
        if (fence.kind() != FenceKind.FINISHED && fence.kind() != FenceKind.SUBMISSION) {
            return;
        }
        hasFences = true;
        ObjectId id = ObjectId.fence(fence.context(), fence.seqno());
        switch (fence.step()) {
            case INIT -> open.put(id, new Life(id, step));
            case PUBLISH -> {
                Life life = open.computeIfAbsent(id, missing -> new Life(id, step));
                if (life.published == null) {
                    life.published = step;
                    published++;
                }
                String to = fence.publishedTo();
                life.to += to == null ? "" : (life.to.isEmpty() ? "" : ", ") + to;
            }
            case SIGNALED -> signaled(id, step, fence);
            default -> {}
        }
    }

    private void signaled(ObjectId id, Step step, Fence fence) {
        Life life = open.remove(id);
        String cause = causeOf.remove(id);
        userControlled.remove(id.toString());
        Step from = life == null ? null : life.published;
        if (life == null || from == null) {
            return; // nobody outside the driver saw it
        }
        life.signaled = step;
        life.error = fence.error() == null ? 0 : fence.error();
        life.cause = cause != null ? cause : life.error == -110 ? "timeout" : "not seen";
        causes.merge(life.cause, 1, Integer::sum);
        byTimeout += life.cause.equals("timeout") ? 1 : 0;
        latency.add(step.timeNs() - from.timeNs());
        if (rows.size() < MOST_ROWS) {
            rows.add(life);
        }
    }

    private void reclaim(Step step, Reclaim reclaim) {
        hasReclaim = true;
        String fence = reclaim.fence();
        if (reclaim.step() == ReclaimStep.WAIT_FENCE && fence != null) {
            Integer bo = reclaim.bo();
            reclaims.put(
                    step.pid(),
                    new ReclaimWait(
                            step,
                            fence,
                            bo == null ? "memory" : "bo:" + bo,
                            userControlled.containsKey(fence) || isOfXgs(fence)));
        } else if (reclaim.step() == ReclaimStep.EVICT || reclaim.step() == ReclaimStep.END) {
            ReclaimWait wait = reclaims.remove(step.pid());
            if (wait != null) {
                reclaimWaits.add(reclaimed(wait, step.timeNs(), "until " + step.at()));
            }
        }
    }

    private boolean isOfXgs(String fence) {
        Life life = open.get(ObjectId.parse(fence));
        return life != null
                && life.created.event() instanceof Fence made
                && made.timeline().contains("xgs");
    }

    private String reclaimed(ReclaimWait wait, long endNs, String until) {
        controlled += wait.isControlled() ? 1 : 0;
        return "reclaim of "
                + wait.bo()
                + " waited for "
                + wait.fence()
                + " from "
                + wait.from().at()
                + " "
                + until
                + ", "
                + Words.duration(endNs - wait.from().timeNs())
                + (wait.isControlled()
                        ? "; that fence depends on a value an application writes"
                        : "");
    }

    @Override
    public List<Answer> answers(long endNs) {
        List<Life> unsignaled =
                open.values().stream().filter(life -> life.published != null).toList();
        return List.of(forward(unsignaled, endNs), memory(endNs));
    }

    private Answer forward(List<Life> unsignaled, long endNs) {
        if (!hasFences) {
            return Question.V1.unanswered("needs FENCE events (dma_fence_init, _signaled).");
        }
        List<String> details = new ArrayList<>();
        if (latency.count() > 0) {
            details.add("from publishing to signalling: " + latency.text());
        }
        causes.forEach((cause, count) -> details.add("signalled by " + cause + ": " + count));
        List<String> left = new ArrayList<>();
        for (Life life : unsignaled) {
            Step from = life.published;
            left.add(
                    life.id
                            + " is not signalled, published "
                            + (from == null
                                    ? ""
                                    : Words.duration(endNs - from.timeNs())
                                            + " before the end, at "
                                            + from.at()));
        }
        details.addAll(Words.some(left));
        return Question.V1.answered(
                Words.of(published, "published fence")
                        + ", "
                        + latency.count()
                        + " signalled, "
                        + unsignaled.size()
                        + " not; resolved by timeout: "
                        + byTimeout
                        + " ("
                        + Words.share(byTimeout, latency.count())
                        + ").",
                details);
    }

    private Answer memory(long endNs) {
        reclaims.values()
                .forEach(wait ->
                        reclaimWaits.add(reclaimed(wait, endNs, "to the end of the trace")));
        reclaims.clear();
        return !hasReclaim
                ? Question.V2.unanswered(
                        "needs RECLAIM events; as posted the driver pins all memory, so nothing"
                                + " reclaims.")
                : Question.V2.answered(
                        Words.of(reclaimWaits.size(), "allocation")
                                + " waited for a fence, "
                                + controlled
                                + " of them for one that depends on a value an"
                                + " application writes.",
                        Words.some(reclaimWaits));
    }

    /// Rows of a table: fence, created, armed, published, where, signalled, latency, cause, error.
    List<List<String>> table() {
        List<List<String>> table = new ArrayList<>();
        for (Life life : rows) {
            Step from = life.published;
            Step to = life.signaled;
            Step armed = life.armed;
            table.add(
                    List.of(
                            life.id.toString(),
                            life.created.at(),
                            armed == null ? "not seen" : armed.at(),
                            from == null ? "" : from.at(),
                            life.to,
                            to == null ? "" : to.at(),
                            from == null || to == null
                                    ? ""
                                    : Words.duration(to.timeNs() - from.timeNs()),
                            life.cause,
                            Integer.toString(life.error)));
        }
        return table;
    }

    /// How many rows there would be without a limit.
    int rowCount() {
        return latency.count();
    }
}
