package org.panscope.app.shell;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.panscope.app.beliefs.BeliefsModel;
import org.panscope.app.beliefs.RingBufferView;
import org.panscope.app.beliefs.RingModel;
import org.panscope.app.command.AppCommands;
import org.panscope.app.command.CommandBus;
import org.panscope.app.events.EventDetailModel;
import org.panscope.app.events.EventDetailView;
import org.panscope.app.events.EventListModel;
import org.panscope.app.events.EventListView;
import org.panscope.app.explain.ExplainModel;
import org.panscope.app.findings.FindingsModel;
import org.panscope.app.findings.FindingsView;
import org.panscope.app.open.FileDrop;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.quality.QualityModel;
import org.panscope.app.query.QueryCache;
import org.panscope.app.query.QueryModel;
import org.panscope.app.query.QueryView;
import org.panscope.app.registers.RegistersModel;
import org.panscope.app.session.InstructionStepper;
import org.panscope.app.session.OpenModel;
import org.panscope.app.session.OpenModel.OpenFailure;
import org.panscope.app.session.SessionModel;
import org.panscope.app.theme.Formats;
import org.panscope.app.theme.Theme;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;

import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The window's content: timeline on top, event list below it, beliefs and event detail on the
/// right. Made without a stage, so that tests and pictures can use it too.
public final class MainWindow {
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

    private final WindowServices services;
    private final SessionModel session;
    private final OpenModel opening;
    private final InstructionStepper stepper;
    private final EventListModel events;
    private final BeliefsModel beliefs;
    private final RegistersModel registers;
    private final QualityModel quality;
    private final ExplainModel explain;
    private final QueryModel query;
    private final QueryView queryView;
    private final FindingsModel findings;
    private final FindingsView findingsView;
    private final StateTabs stateTabs;
    private final EventListView eventList;
    private final LowerTabs lowerTabs;
    private final CommandBus bus = new CommandBus();
    private final Overlays overlays = new Overlays();
    private final Dialogs dialogs = new Dialogs(overlays);
    private final CommandPalette palette;
    private final RecentFiles recent;
    private final NoticeBar notice = new NoticeBar();
    private final StatusBarView status;
    private final TimelinePane timeline;
    private final StackPane root = new StackPane();
    private Theme theme;

    private MainWindow(WindowServices services) {
        this.services = services;
        session = new SessionModel(services.worker());
        opening = new OpenModel(services.worker(), services.opener(), this::opened);
        stepper = new InstructionStepper(session, services.worker());
        events = new EventListModel(session, services.worker());
        beliefs = new BeliefsModel(session);
        registers = new RegistersModel(session);
        quality = new QualityModel(session, services.worker());
        explain = new ExplainModel(session, services.worker());
        stateTabs = new StateTabs(session, beliefs, registers, quality, explain, services.memory());
        recent = new RecentFiles(services.memory());
        theme = "light".equals(services.memory().get("theme")) ? Theme.LIGHT : Theme.DARK;
        palette = new CommandPalette(bus, overlays);
        eventList = new EventListView(session, events);
        query = new QueryModel(session, services.worker(), QueryCache.ofUser());
        queryView =
                new QueryView(
                        query,
                        () -> bus.run(AppCommands.RUN_QUERY),
                        () -> bus.run(AppCommands.COPY_RESULT),
                        () -> bus.run(AppCommands.SAVE_RESULT));
        findings = new FindingsModel(session, services.worker());
        findingsView = new FindingsView(findings);
        lowerTabs =
                new LowerTabs(eventList.root(), queryView.root(), findingsView.root(), findings);
        status = new StatusBarView(session, () -> bus.run(AppCommands.SHOW_QUALITY));
        timeline = new TimelinePane(session, services.worker());
        timeline.selectionProperty().subscribe(status::showSelection);
        findings.linesProperty().subscribe(timeline::showFindings);
        registerCommands();
        build();
        showTheme();
        opening.failureProperty().subscribe(this::showFailure);
    }

    /// The content of a window that shows nothing yet.
    public static MainWindow create(WindowServices services) {
        return new MainWindow(services);
    }

    public Parent root() {
        return root;
    }

    public SessionModel session() {
        return session;
    }

    public EventListModel events() {
        return events;
    }

    public BeliefsModel beliefs() {
        return beliefs;
    }

    public RegistersModel registers() {
        return registers;
    }

    public QualityModel quality() {
        return quality;
    }

    public ExplainModel explain() {
        return explain;
    }

    public FindingsModel findings() {
        return findings;
    }

    public QueryModel query() {
        return query;
    }

    public CommandBus commands() {
        return bus;
    }

    /// Opens a file, with progress and errors shown in the window.
    public void open(Path file) {
        open(List.of(file));
    }

    /// Opens the first of several files. A window shows one trace; the others go to the recent
    /// files, and a notice says so.
    public void open(List<Path> files) {
        if (files.isEmpty()) {
            return;
        }
        overlays.close();
        List<Path> others = files.subList(1, files.size());
        recent.offer(others);
        notice.show(NoticeBar.textFor(files.getFirst(), others));
        opening.open(files.getFirst());
    }

    private void opened(TraceDocument trace) {
        recent.opened(trace.path());
        session.show(trace);
        session.goToFirst();
        eventList.focusList();
    }

    private void showFailure(@Nullable OpenFailure failure) {
        if (failure != null) {
            dialogs.error("Cannot open " + failure.path(), failure.cause());
        }
    }

    private void registerCommands() {
        var always = new SimpleBooleanProperty(true);
        var open = session.isOpenProperty();
        bus.register(AppCommands.OPEN, this::chooseAndOpen);
        bus.register(AppCommands.CLOSE, session::close, open);
        bus.register(AppCommands.QUIT, services.quit());
        bus.register(
                AppCommands.STEP_FORWARD, () -> session.step(1), session.canStepForwardProperty());
        bus.register(AppCommands.STEP_BACK, () -> session.step(-1), session.canStepBackProperty());
        registerInstructionSteps();
        bus.register(AppCommands.NEXT_ON_TRACK, () -> session.stepOnTrack(1), open);
        bus.register(AppCommands.PREVIOUS_ON_TRACK, () -> session.stepOnTrack(-1), open);
        bus.register(AppCommands.FIRST_EVENT, session::goToFirst, open);
        bus.register(AppCommands.LAST_EVENT, session::goToLast, open);
        bus.register(AppCommands.GO_TO_CAUSE, session::goToCause, open);
        bus.register(
                AppCommands.GO_TO,
                () -> dialogs.goTo(session.cursorText(), session::goToText),
                open);
        bus.register(AppCommands.BACK, session::back, session.canGoBackProperty());
        bus.register(AppCommands.FORWARD, session::forward, session.canGoForwardProperty());
        bus.register(AppCommands.FILTER, this::focusFilter, open);
        bus.register(AppCommands.NEXT_HIT, () -> events.goToHit(1), open);
        bus.register(AppCommands.PREVIOUS_HIT, () -> events.goToHit(-1), open);
        bus.register(AppCommands.CLEAR_FILTER, events::clearFilter, open);
        bus.register(
                AppCommands.FOLLOW_EVENT,
                () -> session.followEventProperty().set(!session.followEventProperty().get()),
                open);
        bus.register(AppCommands.EXPLAIN, this::explainObject, open);
        bus.register(AppCommands.SHOW_BELIEFS, stateTabs::showBeliefs, open);
        bus.register(AppCommands.SHOW_REGISTERS, stateTabs::showRegisters, open);
        bus.register(AppCommands.SHOW_QUALITY, stateTabs::showQuality, open);
        registerQuery();
        bus.register(AppCommands.ZOOM_IN, () -> timeline.zoom(true), open);
        bus.register(AppCommands.ZOOM_OUT, () -> timeline.zoom(false), open);
        bus.register(AppCommands.PAN_LEFT, () -> timeline.pan(-1), open);
        bus.register(AppCommands.PAN_RIGHT, () -> timeline.pan(1), open);
        bus.register(AppCommands.ZOOM_SELECTION, timeline::fitSelection, open);
        bus.register(AppCommands.ZOOM_ALL, timeline::fitAll, open);
        bus.register(AppCommands.THEME, this::toggleTheme, always);
        bus.register(AppCommands.PALETTE, palette::show, always);
        bus.register(AppCommands.HELP, dialogs::help, always);
        bus.register(AppCommands.ABOUT_TRACE, this::showFacts, open);
    }

    private void explainObject() {
        explain.explain();
        stateTabs.showExplain();
    }

    private void registerQuery() {
        bus.register(AppCommands.SHOW_FINDINGS, this::showFindings, session.isOpenProperty());
        bus.register(AppCommands.SHOW_QUERY, this::showQuery, session.isOpenProperty());
        bus.register(AppCommands.RUN_QUERY, this::runQuery, session.isOpenProperty());
        bus.register(AppCommands.CANCEL_QUERY, query::cancel, query.isRunningProperty());
        bus.register(AppCommands.COPY_RESULT, queryView::copyAll, query.hasRowsProperty());
        bus.register(AppCommands.SAVE_RESULT, this::saveResult, query.hasRowsProperty());
    }

    private void showFindings() {
        lowerTabs.showFindings();
        findingsView.focus();
    }

    private void showQuery() {
        lowerTabs.showQuery();
        queryView.focus();
    }

    private void runQuery() {
        lowerTabs.showQuery();
        query.run();
    }

    private void saveResult() {
        Path chosen = services.chooser().chooseTarget("query.csv");
        if (chosen != null) {
            query.save(chosen);
        }
    }

    private void focusFilter() {
        lowerTabs.showEvents();
        eventList.focusFilter();
    }

    private void registerInstructionSteps() {
        var canStep = stepper.canStepProperty();
        var hasFaults = stepper.hasFaultsProperty();
        bus.register(AppCommands.NEXT_INSTRUCTION, () -> stepper.step(1), canStep);
        bus.register(AppCommands.PREVIOUS_INSTRUCTION, () -> stepper.step(-1), canStep);
        bus.register(AppCommands.STEP_OVER_CALL, stepper::stepOver, canStep);
        bus.register(AppCommands.NEXT_FAULT, () -> stepper.goToFault(1), hasFaults);
        bus.register(AppCommands.PREVIOUS_FAULT, () -> stepper.goToFault(-1), hasFaults);
        stepper.messageProperty().subscribe((before, now) -> notice.show(now));
    }

    private void chooseAndOpen() {
        Path chosen = services.chooser().chooseTrace();
        if (chosen != null) {
            open(chosen);
        }
    }

    private void build() {
        SplitPane left =
                split("splitLeft", Orientation.VERTICAL, 0.45, timeline.root(), lowerTabs.root());
        SplitPane details =
                split(
                        "splitDetails",
                        Orientation.VERTICAL,
                        0.57,
                        new RingBufferView(new RingModel(session)).root(),
                        new EventDetailView(session, new EventDetailModel(session)).root());
        SplitPane right = split("splitRight", Orientation.VERTICAL, 0.4, stateTabs.root(), details);
        SplitPane content = split("splitMain", Orientation.HORIZONTAL, 0.555, left, right);
        content.visibleProperty().bind(session.isOpenProperty());
        Node start = new StartPage(bus, recent.files(), this::open).root();
        start.visibleProperty().bind(session.isOpenProperty().not());

        BorderPane frame = new BorderPane(new StackPane(start, content));
        frame.setTop(
                new VBox(
                        Menus.menuBar(bus, recent.files(), this::open),
                        new ToolBarView(bus, session).root(),
                        new ProgressPane(opening).root(),
                        notice.root()));
        frame.setBottom(status.root());
        root.getChildren().addAll(frame, overlays.layer());
        root.getStyleClass().add("panscope");
        root.getStylesheets().add(styleSheet());
        FileDrop.install(root, this::open);
        KeyDispatcher keys = new KeyDispatcher(bus, overlays::isShowing);
        root.sceneProperty().subscribe(scene -> installKeys(keys, scene));
    }

    private static void installKeys(KeyDispatcher keys, @Nullable Scene scene) {
        if (scene != null) {
            keys.install(scene);
        }
    }

    private SplitPane split(
            String id, Orientation orientation, double divider, Node first, Node second) {
        SplitPane pane = new SplitPane(first, second);
        pane.setId(id);
        pane.setOrientation(orientation);
        double position = services.memory().number(id, divider);
        pane.setDividerPositions(Math.clamp(position, 0.05, 0.95));
        pane.getDividers()
                .getFirst()
                .positionProperty()
                .subscribe((before, now) -> services.memory().put(id, String.valueOf(now)));
        return pane;
    }

    private static String styleSheet() {
        URL sheet = MainWindow.class.getResource("panscope.css");
        return Objects.requireNonNull(sheet, "panscope.css is missing").toExternalForm();
    }

    private void toggleTheme() {
        theme = theme.isDark() ? Theme.LIGHT : Theme.DARK;
        services.memory().put("theme", theme.name());
        showTheme();
    }

    private void showTheme() {
        root.pseudoClassStateChanged(DARK, theme.isDark());
        timeline.setTheme(theme);
    }

    /// The theme in use.
    public Theme theme() {
        return theme;
    }

    private void showFacts() {
        TraceDocument opened = session.opened();
        if (opened == null) {
            return;
        }
        Trace trace = opened.trace();
        TraceHeader header = trace.header();
        List<String[]> facts = new ArrayList<>();
        facts.add(new String[] {"File", opened.path().toString()});
        facts.add(new String[] {"Format", opened.format()});
        facts.add(new String[] {"Source", header.source()});
        facts.add(new String[] {"Written by", header.producer()});
        facts.add(new String[] {"Clock", header.clock()});
        facts.add(new String[] {"Events", Formats.grouped(trace.eventCount())});
        facts.add(
                new String[] {"Span", Formats.duration(trace.lastTimeNs() - trace.firstTimeNs())});
        opened.problems().forEach(problem -> facts.add(new String[] {"Problem", problem}));
        header.attributes().forEach((name, value) -> facts.add(new String[] {name, value}));
        trace.losses().stream()
                .limit(12)
                .forEach(loss -> facts.add(new String[] {"Lost", loss.message()}));
        dialogs.facts("About this trace", facts.toArray(new String[0][]));
    }
}
