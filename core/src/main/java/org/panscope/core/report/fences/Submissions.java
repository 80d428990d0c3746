package org.panscope.core.report.fences;

import org.panscope.trace.event.KernelEvent.FileOpen;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.IoctlEnter;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Ring advances against kernel jobs and ioctls (V6, V10, V12).
final class Submissions implements Collector {
    private static final class Client {
        String process = "unknown";
        long ioctls;
        long submitIoctls;
        long byUser;
        long byKernel;
    }

    private final Map<Integer, Client> clients = new TreeMap<>();
    private final Map<Long, Integer> fileOfGroup = new LinkedHashMap<>();
    private final Map<Long, Long> jobsOfGroup = new LinkedHashMap<>();
    private long uncovered;
    private long byUser;
    private long released;
    private long created;
    private boolean hasInserts;

    @Override
    public void add(Step step) {
        switch (step.event()) {
            case FileOpen open -> of(open.fileId()).process = open.process();
            case GroupCreateStep create -> fileOfGroup.put(create.gid(), create.fileId());
            case IoctlEnter ioctl -> {
                Client client = of(ioctl.fileId());
                client.ioctls++;
                client.submitIoctls += isSubmission(ioctl.name()) ? 1 : 0;
            }
            case Job job -> {
                if (job.step() == JobStep.PUSHED) {
                    jobsOfGroup.merge(job.gid(), 1L, Long::sum);
                }
            }
            case InsertWrite insert -> inserted(insert);
            case XgsQueue queue -> {
                created += queue.step() == XgsQueueStep.CREATE ? 1 : 0;
                released += queue.step() == XgsQueueStep.RELEASE ? 1 : 0;
            }
            default -> {}
        }
    }

    private static boolean isSubmission(String name) {
        return name.equals("GROUP_SUBMIT")
                || name.equals("GROUP_KICK")
                || name.equals("XGS_QUEUE_SUBMIT")
                || name.equals("SYNC_UPDATE");
    }

    private void inserted(InsertWrite insert) {
        hasInserts = true;
        Client client = of(fileOfGroup.getOrDefault(insert.gid(), -1));
        if (insert.by() == Writer.KERNEL) {
            client.byKernel++;
            return;
        }
        client.byUser++;
        byUser++;
        long jobs = jobsOfGroup.getOrDefault(insert.gid(), 0L);
        if (jobs > 0) {
            jobsOfGroup.put(insert.gid(), jobs - 1);
        } else {
            uncovered++;
        }
    }

    private Client of(int file) {
        return clients.computeIfAbsent(file, missing -> new Client());
    }

    @Override
    public List<Answer> answers(long endNs) {
        Answer mutex =
                Question.V6.unanswered(
                        "it is a question to the code, not to a trace: the mutex is initialised"
                                + " with a device-managed helper, so its destructor runs when the"
                                + " device goes, after the queue was freed. In this trace, "
                                + "XGS queues created: "
                                + created
                                + ", released: "
                                + released
                                + ".");
        if (!hasInserts) {
            String needs = "needs INSERT_WRITE events: stores of applications are seen by markers.";
            return List.of(mutex, Question.V10.unanswered(needs), Question.V12.unanswered(needs));
        }
        List<String> ratios = new ArrayList<>();
        for (Map.Entry<Integer, Client> entry : clients.entrySet()) {
            Client client = entry.getValue();
            long advances = client.byUser + client.byKernel;
            ratios.add(
                    client.process
                            + (entry.getKey() < 0 ? "" : " (file:" + entry.getKey() + ")")
                            + ": "
                            + Words.of(client.submitIoctls, "ioctl")
                            + " to submit, kick or announce, for "
                            + Words.of(advances, "ring advance")
                            + " ("
                            + client.byUser
                            + " by the application)"
                            + (advances == 0
                                    ? ""
                                    : String.format(
                                            Locale.ROOT,
                                            ", %.2f each",
                                            (double) client.submitIoctls / advances))
                            + "; "
                            + Words.of(client.ioctls, "ioctl")
                            + " in all");
        }
        long all =
                clients.values().stream()
                        .mapToLong(client -> client.byUser + client.byKernel)
                        .sum();
        long submits = clients.values().stream().mapToLong(client -> client.submitIoctls).sum();
        return List.of(
                mutex,
                Question.V10.answered(
                        byUser == 0
                                ? "Yes: no ring was advanced by an application."
                                : uncovered
                                        + " of "
                                        + Words.of(byUser, "ring advance")
                                        + " by applications had no kernel job ("
                                        + Words.share(uncovered, byUser)
                                        + ")."),
                Question.V12.answered(
                        Words.of(submits, "ioctl") + " for " + Words.of(all, "ring advance") + ".",
                        ratios));
    }
}
