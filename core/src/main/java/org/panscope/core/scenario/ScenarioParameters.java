package org.panscope.core.scenario;

import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Isa;
import org.panscope.core.kernel.base.DriverChoice;
import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.DriverFixes;
import org.panscope.core.kernel.base.DriverLimits;
import org.panscope.core.kernel.base.DriverModes;
import org.panscope.core.kernel.base.KernelTimings;
import org.panscope.core.kernel.base.TracepointSet;
import org.panscope.core.kernel.base.Tracepoints;
import org.panscope.core.scenario.RecordParameters.Entry;
import org.panscope.core.user.ClientTimings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every parameter and switch a scenario, or `--set`, can change.
public final class ScenarioParameters {
    private GpuParameters gpu = GpuParameters.defaults();
    private final SortedMap<String, String> gpuDifferences = new TreeMap<>();
    private final RecordParameters<KernelTimings> kernel =
            new RecordParameters<>("kernel", KernelTimings.class, KernelTimings.defaults());
    private final RecordParameters<ClientTimings> client =
            new RecordParameters<>("client", ClientTimings.class, ClientTimings.DEFAULT);
    private final RecordParameters<DriverChoice> driver =
            new RecordParameters<>("driver", DriverChoice.class, DriverChoice.DEFAULT);
    private final RecordParameters<DriverFixes> fixes =
            new RecordParameters<>("fix", DriverFixes.class, DriverFixes.NONE);
    private final RecordParameters<DriverModes> modes =
            new RecordParameters<>("mode", DriverModes.class, DriverModes.NONE);
    private final RecordParameters<DriverLimits> limits =
            new RecordParameters<>("param", DriverLimits.class, DriverLimits.DEFAULT);
    private final List<RecordParameters<?>> records =
            List.of(kernel, client, driver, fixes, modes, limits);

    private ScenarioParameters() {}

    /// One parameter.
    ///
    /// @param defaultValue as text
    /// @param doc its description, with the mark
    public record Parameter(String name, String defaultValue, String doc) {
        private static final List<String> UNITS = List.of("ns", "ms", "hz", "bytes");

        /// What it belongs to: the part of the name before the first dot.
        public String area() {
            return name.substring(0, name.indexOf('.'));
        }

        /// Unit of its value, empty for numbers, bit patterns and switches.
        public String unit() {
            for (String unit : UNITS) {
                if (name.endsWith("_" + unit)) {
                    return unit.equals("hz") ? "Hz" : unit;
                }
            }
            return "";
        }

        public Explanation explanation() {
            return Explanation.parse(doc);
        }
    }

    /// All of them, by name.
    public static List<Parameter> all() {
        List<Parameter> all = new ArrayList<>();
        for (GpuParameters.Description known : GpuParameters.describe()) {
            all.add(new Parameter(known.name(), Long.toString(known.defaultValue()), known.doc()));
        }
        ScenarioParameters parameters = new ScenarioParameters();
        Properties docs = docs();
        for (Entry entry : parameters.recordEntries()) {
            String doc = Objects.requireNonNullElse(docs.getProperty(entry.name()), "");
            all.add(new Parameter(entry.name(), entry.defaultValue(), doc));
        }
        all.sort(Comparator.comparing(Parameter::name));
        return all;
    }

    /// Checks what is to be turned on before there is a scenario.
    ///
    /// @throws IllegalArgumentException saying which of these names no tracepoint
    public static void checkTracepoints(List<String> globs) {
        TracepointSet.of(globs);
    }

    /// Checks settings before there is a scenario to put them into.
    ///
    /// @throws IllegalArgumentException saying which does not exist or whose value does not fit
    public static void check(Map<String, String> settings) {
        ScenarioParameters parameters = new ScenarioParameters();
        new TreeMap<>(settings).forEach(parameters::set);
        parameters.build(TracepointSet.NONE);
    }

    /// The machine of a scenario, with no tracepoints but its own.
    static MachineConfig config(Scenario scenario, Map<String, String> overrides)
            throws ScenarioException {
        return config(scenario, overrides, TracepointSet.NONE);
    }

    /// The machine of a scenario.
    ///
    /// @param overrides set after, and so instead of, the scenario's own
    /// @param tracepoints turned on beside the scenario's own
    static MachineConfig config(
            Scenario scenario, Map<String, String> overrides, TracepointSet tracepoints)
            throws ScenarioException {
        ScenarioParameters parameters = new ScenarioParameters();
        for (Setting setting : scenario.settings()) {
            try {
                parameters.set(setting.name(), setting.value());
            } catch (IllegalArgumentException e) {
                throw new ScenarioException(
                        scenario.source(), setting.place(), String.valueOf(e.getMessage()));
            }
        }
        try {
            for (Map.Entry<String, String> override : new TreeMap<>(overrides).entrySet()) {
                parameters.set(override.getKey(), override.getValue());
            }
            return parameters.build(scenario.tracepoints().with(tracepoints));
        } catch (IllegalArgumentException e) {
            throw new ScenarioException("settings", String.valueOf(e.getMessage()));
        }
    }

    private void set(String name, String value) {
        for (RecordParameters<?> record : records) {
            if (record.set(name, value)) {
                return;
            }
        }
        for (GpuParameters.Description known : GpuParameters.describe()) {
            if (known.name().equals(name)) {
                long number = RecordParameters.number(name, value);
                gpu = checked(gpu.with(name, number));
                if (number == known.defaultValue()) {
                    gpuDifferences.remove(name);
                } else {
                    gpuDifferences.put(name, Long.toString(number));
                }
                return;
            }
        }
        throw new IllegalArgumentException(
                "there is no parameter or switch \"" + name + "\"; `--list-parameters` names all");
    }

    private static GpuParameters checked(GpuParameters changed) {
        try {
            Isa.of(changed.architecture());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    GpuParameters.GPU_ID + " (bits 31:28): " + e.getMessage(), e);
        }
        return changed;
    }

    private MachineConfig build(TracepointSet tracepoints) {
        SortedMap<String, String> differences = new TreeMap<>(gpuDifferences);
        for (Entry entry : recordEntries()) {
            if (!entry.value().equals(entry.defaultValue())) {
                differences.put(entry.name(), entry.value());
            }
        }
        if (!tracepoints.isEmpty()) {
            differences.put("tracepoints", String.join(",", tracepoints.globs()));
            differences.put("cpus", Integer.toString(Tracepoints.CPUS));
        }
        DriverConfig config =
                new DriverConfig(driver.build(), fixes.build(), modes.build(), limits.build());
        return new MachineConfig(
                gpu, kernel.build(), config, client.build(), tracepoints, differences);
    }

    private List<Entry> recordEntries() {
        List<Entry> entries = new ArrayList<>();
        records.forEach(record -> entries.addAll(record.entries()));
        return entries;
    }

    private static Properties docs() {
        Properties docs = new Properties();
        try (InputStream in =
                        Objects.requireNonNull(
                                ScenarioParameters.class.getResourceAsStream(
                                        "parameters.properties"));
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            docs.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return docs;
    }
}
