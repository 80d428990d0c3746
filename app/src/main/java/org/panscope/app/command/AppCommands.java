package org.panscope.app.command;

import org.panscope.app.command.AppCommand.MenuGroup;

import java.util.List;

/// The table of all commands. Menus, keys, palette and help page are made from it.
///
/// Keys follow what timeline viewers and debuggers agree on; `Ctrl+Shift+L` switches between light
/// and dark because `Ctrl+T` belongs to time units.
public final class AppCommands {
    public static final AppCommand OPEN = file("file.open", "Open…", "Ctrl+O");
    public static final AppCommand CLOSE = file("file.close", "Close Trace", "Ctrl+W");
    public static final AppCommand QUIT = file("file.quit", "Quit", "Ctrl+Q");

    public static final AppCommand STEP_FORWARD = go("step.forward", "Step Forward", "F10");
    public static final AppCommand STEP_BACK = go("step.back", "Step Back", "Shift+F10");
    public static final AppCommand NEXT_INSTRUCTION =
            go("instruction.next", "Next Instruction", "F11");
    public static final AppCommand PREVIOUS_INSTRUCTION =
            go("instruction.previous", "Previous Instruction", "Shift+F11");
    public static final AppCommand STEP_OVER_CALL =
            go("instruction.over", "Step Over Call", "Ctrl+F11");
    public static final AppCommand NEXT_FAULT = go("fault.next", "Run to Next Fault", "F8");
    public static final AppCommand PREVIOUS_FAULT =
            go("fault.previous", "Back to Previous Fault", "Shift+F8");
    public static final AppCommand NEXT_ON_TRACK =
            go("track.next", "Next Event on Track", "Period", "Right");
    public static final AppCommand PREVIOUS_ON_TRACK =
            go("track.previous", "Previous Event on Track", "Comma", "Left");
    public static final AppCommand FIRST_EVENT = go("go.first", "First Event", "Home");
    public static final AppCommand LAST_EVENT = go("go.last", "Last Event", "End");
    public static final AppCommand GO_TO_CAUSE = go("go.cause", "Cause of Event", "Ctrl+Shift+C");
    public static final AppCommand EXPLAIN = go("explain.object", "Explain the Object", "E");
    public static final AppCommand GO_TO = go("go.to", "Go to Cursor…", "Ctrl+G");
    public static final AppCommand BACK = go("history.back", "Back", "Alt+Left");
    public static final AppCommand FORWARD = go("history.forward", "Forward", "Alt+Right");

    public static final AppCommand FILTER =
            view("filter.focus", "Filter Events", "Ctrl+F", "Slash");
    public static final AppCommand NEXT_HIT = view("filter.next", "Next Filter Hit", "F3");
    public static final AppCommand PREVIOUS_HIT =
            view("filter.previous", "Previous Filter Hit", "Shift+F3");
    public static final AppCommand CLEAR_FILTER = view("filter.clear", "Clear Filter");
    public static final AppCommand FOLLOW_EVENT =
            view("beliefs.follow", "Follow the Event's Object", "Ctrl+Shift+F");
    public static final AppCommand SHOW_BELIEFS = view("beliefs.show", "Four Beliefs", "Ctrl+1");
    public static final AppCommand SHOW_REGISTERS = view("registers.show", "Registers", "Ctrl+2");
    public static final AppCommand SHOW_QUALITY = view("quality.show", "Capture Quality", "Ctrl+3");
    public static final AppCommand SHOW_FINDINGS = view("findings.show", "Findings", "Ctrl+4");
    public static final AppCommand SHOW_QUERY = view("query.show", "Query", "Ctrl+5");
    public static final AppCommand RUN_QUERY = view("query.run", "Run Query", "Ctrl+Enter");
    public static final AppCommand CANCEL_QUERY = view("query.cancel", "Cancel Query");
    public static final AppCommand COPY_RESULT = view("query.copy", "Copy Answer as CSV");
    public static final AppCommand SAVE_RESULT = view("query.save", "Save Answer…");
    public static final AppCommand ZOOM_IN = view("zoom.in", "Zoom In", "W");
    public static final AppCommand ZOOM_OUT = view("zoom.out", "Zoom Out", "S");
    public static final AppCommand PAN_LEFT = view("pan.left", "Pan Left", "A");
    public static final AppCommand PAN_RIGHT = view("pan.right", "Pan Right", "D");
    public static final AppCommand ZOOM_SELECTION =
            view("zoom.selection", "Zoom to Selection", "Z");
    public static final AppCommand ZOOM_ALL = view("zoom.all", "Show Whole Trace", "Ctrl+0");
    public static final AppCommand THEME =
            view("view.theme", "Light or Dark Theme", "Ctrl+Shift+L");
    public static final AppCommand PALETTE =
            view("view.palette", "Command Palette", "Ctrl+Shift+P");

    public static final AppCommand HELP =
            help("help.keys", "Keys and Commands", "F1", "Shift+Slash");
    public static final AppCommand ABOUT_TRACE = help("help.trace", "About This Trace", "Ctrl+I");

    private static final List<AppCommand> ALL =
            List.of(
                    OPEN,
                    CLOSE,
                    QUIT,
                    STEP_FORWARD,
                    STEP_BACK,
                    NEXT_INSTRUCTION,
                    PREVIOUS_INSTRUCTION,
                    STEP_OVER_CALL,
                    NEXT_FAULT,
                    PREVIOUS_FAULT,
                    NEXT_ON_TRACK,
                    PREVIOUS_ON_TRACK,
                    FIRST_EVENT,
                    LAST_EVENT,
                    GO_TO_CAUSE,
                    EXPLAIN,
                    GO_TO,
                    BACK,
                    FORWARD,
                    FILTER,
                    NEXT_HIT,
                    PREVIOUS_HIT,
                    CLEAR_FILTER,
                    FOLLOW_EVENT,
                    SHOW_BELIEFS,
                    SHOW_REGISTERS,
                    SHOW_QUALITY,
                    SHOW_FINDINGS,
                    SHOW_QUERY,
                    RUN_QUERY,
                    CANCEL_QUERY,
                    COPY_RESULT,
                    SAVE_RESULT,
                    ZOOM_IN,
                    ZOOM_OUT,
                    PAN_LEFT,
                    PAN_RIGHT,
                    ZOOM_SELECTION,
                    ZOOM_ALL,
                    THEME,
                    PALETTE,
                    HELP,
                    ABOUT_TRACE);

    private AppCommands() {}

    /// Every command, in menu order.
    public static List<AppCommand> all() {
        return ALL;
    }

    private static AppCommand file(String id, String title, String... keys) {
        return new AppCommand(id, title, MenuGroup.FILE, List.of(keys));
    }

    private static AppCommand go(String id, String title, String... keys) {
        return new AppCommand(id, title, MenuGroup.GO, List.of(keys));
    }

    private static AppCommand view(String id, String title, String... keys) {
        return new AppCommand(id, title, MenuGroup.VIEW, List.of(keys));
    }

    private static AppCommand help(String id, String title, String... keys) {
        return new AppCommand(id, title, MenuGroup.HELP, List.of(keys));
    }
}
