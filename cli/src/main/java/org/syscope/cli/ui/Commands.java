package org.syscope.cli.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.syscope.chisels.views.SampleColumn;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.Shown;
import org.syscope.chisels.views.ViewAction;
import org.syscope.chisels.views.ViewColumn;
import org.syscope.chisels.views.ViewDefinition;
import org.syscope.chisels.views.ViewException;
import org.syscope.chisels.views.ViewLibrary;
import org.syscope.cli.ui.ListPanel.Choice;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;

/** What keys do that mean the same everywhere: views, searches, filters, panels, pause, actions. */
final class Commands {

    private static final String SPECTROGRAM = "spectro_all";
    private static final String FILE_SPECTROGRAM = "spectro_file";
    private static final List<BufferFormat> FORMATS = List.of(BufferFormat.NORMAL, BufferFormat.ASCII, BufferFormat.HEX_ASCII);
    private static final List<Choice> FORMAT_NAMES = List.of(
            new Choice("Dotted ASCII", List.of("Bytes that cannot be printed are shown as dots.")),
            new Choice("Printable ASCII", List.of("Only what can be printed, with the line ends of the data.")),
            new Choice("Hex", List.of("Offset, bytes in hex, and their ASCII beside them.")));

    private final UiContext ui;
    private final ActionRunner actions;
    private final Runnable quit;
    private BufferFormat format = BufferFormat.NORMAL;
    private Path saving;

    Commands(UiContext ui, ActionRunner actions, Runnable quit) {
        this.ui = ui;
        this.actions = actions;
        this.quit = quit;
    }

    private Shown shown() {
        return ui.run().shown();
    }

    // ---- keys

    /** Takes a key that the pane had no use for; false if it means nothing at all. */
    boolean key(KeyPress press) {
        if (press.key() == Key.CHARACTER) {
            return press.alt() ? digit(press) : press.control() ? control(press) : action(press) || letter(press);
        }
        switch (press.key()) {
            case F1 -> help();
            case F2 -> chooseView();
            case F3 -> findNext(!press.shift());
            case F4 -> filterRows();
            case F5 -> open(ViewLibrary.ECHO);
            case F6 -> open(ViewLibrary.DIG);
            case F7 -> legend();
            case F8 -> chooseAction();
            case F9 -> chooseSorting();
            case F10 -> quit.run();
            case F11 -> commandLine();
            case F12 -> open(press.shift() ? FILE_SPECTROGRAM : SPECTROGRAM);
            case BACKSPACE -> back();
            case DELETE -> clear();
            case ESCAPE -> ui.searched("");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Escape and a digit, for keyboards without function keys: 1 to 9 and 0 for F1 to F10. */
    private boolean digit(KeyPress press) {
        int digit = press.codePoint() - '0';
        return digit >= 0 && digit <= 9 && key(KeyPress.of(Key.function(digit == 0 ? 10 : digit)));
    }

    private boolean control(KeyPress press) {
        switch (press.codePoint()) {
            case 'f' -> search();
            case 'c' -> quit.run();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean letter(KeyPress press) {
        switch (press.codePoint()) {
            case 'h', '?' -> help();
            case 'v' -> chooseView();
            case '/' -> search();
            case 'n' -> findNext(true);
            case 'N' -> findNext(false);
            case '\\' -> filterRows();
            case '=' -> filterEvents();
            case 'e' -> open(ViewLibrary.ECHO);
            case 'd' -> open(ViewLibrary.DIG);
            case 'L' -> legend();
            case 'A' -> chooseAction();
            case '>' -> chooseSorting();
            case 'q' -> quit.run();
            case 'C' -> commandLine();
            case 'G' -> open(SPECTROGRAM);
            case 'F' -> open(FILE_SPECTROGRAM);
            case 'p' -> ui.run().pause(!shown().paused());
            case 'c' -> clear();
            case 'T' -> chooseTime();
            case 'S' -> save();
            case 'y' -> copyRow();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The actions of a view come before what its letters mean elsewhere; q always ends. */
    private boolean action(KeyPress press) {
        ViewDefinition view = shown().view();
        if (view == null || press.is('q')) {
            return false;
        }
        for (ViewAction each : view.actions()) {
            if (press.is(each.hotkey())) {
                run(each);
                return true;
            }
        }
        return false;
    }

    // ---- menus

    List<MenuItem> tableMenu() {
        return List.of(new MenuItem("F1", "Help", this::help), new MenuItem("F2", "Views", this::chooseView),
                new MenuItem("F4", "Filter", this::filterRows), new MenuItem("F5", "Echo", () -> open(ViewLibrary.ECHO)),
                new MenuItem("F6", "Dig", () -> open(ViewLibrary.DIG)), new MenuItem("F7", "Legend", this::legend),
                new MenuItem("F8", "Actions", this::chooseAction), new MenuItem("F9", "Sort", this::chooseSorting),
                new MenuItem("F12", "Spectro", () -> open(SPECTROGRAM)), new MenuItem("/", "Search", this::search),
                new MenuItem("p", "Pause", () -> ui.run().pause(!shown().paused())), new MenuItem("T", "Time", this::chooseTime),
                new MenuItem("S", "Save", this::save), new MenuItem("F10", "Quit", quit));
    }

    List<MenuItem> linesMenu() {
        return List.of(new MenuItem("F1", "Help", this::help), new MenuItem("F2", "Format", this::chooseFormat),
                new MenuItem("^F", "Search", this::search), new MenuItem("F3", "Next", () -> findNext(true)),
                new MenuItem("F4", "Filter", this::filterRows),
                new MenuItem("p", "Pause", () -> ui.run().pause(!shown().paused())), new MenuItem("c", "Clear", this::clear),
                new MenuItem("T", "Time", this::chooseTime), new MenuItem("S", "Save", this::save),
                new MenuItem("q", "Back", this::back), new MenuItem("F10", "Quit", quit));
    }

    List<MenuItem> spectrogramMenu() {
        return List.of(new MenuItem("F1", "Help", this::help), new MenuItem("F2", "Views", this::chooseView),
                new MenuItem("Space", "Mark", () -> ui.pane().key(KeyPress.of(' '))),
                new MenuItem("Enter", "Events", () -> ui.pane().key(KeyPress.of(Key.ENTER))),
                new MenuItem("p", "Pause", () -> ui.run().pause(!shown().paused())), new MenuItem("T", "Time", this::chooseTime),
                new MenuItem("Bksp", "Back", this::back), new MenuItem("F10", "Quit", quit));
    }

    // ---- where one is

    /** Goes up to where the last step was done. */
    void back() {
        if (!ui.run().back()) {
            ui.message("this is where you began; F10 quits");
        }
    }

    /** Opens a view for the selected row, or for the whole where nothing can be selected. */
    private void open(String view) {
        if (shown().special() != null) {
            if (!view.equals(shown().special())) {
                openHere(view);
            }
            return;
        }
        SampleRow row = ui.pane() instanceof TablePane table ? table.selectedRow() : null;
        ui.drillDown(row != null && shown().view().keyColumn() != null ? row : null, view);
    }

    private void openHere(String view) {
        try {
            ui.run().open(view);
        } catch (ViewException e) {
            ui.message(e.getMessage());
        }
    }

    /** Shows the views of the selection to choose from. */
    void chooseView() {
        List<ViewDefinition> views = ui.run().library().offered(shown().selectionField());
        List<Choice> choices = new ArrayList<>();
        int current = 0;
        for (ViewDefinition view : views) {
            if (view.id().equals(shown().viewId())) {
                current = choices.size();
            }
            choices.add(new Choice(view.name(), about(view)));
        }
        List<String> ids = new ArrayList<>(views.stream().map(ViewDefinition::id).toList());
        choices.add(new Choice("Events (dig)",
                List.of("Events", "", "Every event of the selection, a line each, as syscope prints them.")));
        ids.add(ViewLibrary.DIG);
        choices.add(new Choice("I/O (echo)", List.of("I/O", "", "What the selection reads and writes, as text or in hex.")));
        ids.add(ViewLibrary.ECHO);
        if (shown().special() != null) {
            current = ids.indexOf(shown().special());
        }
        ui.overlay(new ListPanel(ui, "Select View", choices, current, false, chosen -> openHere(ids.get(chosen))));
    }

    private static List<String> about(ViewDefinition view) {
        List<String> lines = new ArrayList<>(List.of(view.name(), "", view.description().strip(), ""));
        view.tips().forEach(tip -> lines.add("Tip: " + tip.strip()));
        if (!view.tips().isEmpty()) {
            lines.add("");
        }
        lines.add("Columns");
        for (ViewColumn column : view.shownColumns()) {
            lines.add("  " + column.name() + ": " + column.description().strip());
        }
        if (!view.filter().isEmpty()) {
            lines.add("");
            lines.add("Events: " + view.filter());
        }
        return lines;
    }

    // ---- rows

    private void search() {
        ui.overlay(new Prompt(ui, "Search:", "", text -> {
            ui.searched(text);
            if (!text.isEmpty() && !ui.pane().find(text, true, true)) {
                ui.message("'" + text + "' is not here");
            }
        }, text -> {
            ui.searched(text);
            if (!text.isEmpty() && !ui.pane().find(text, true, true)) {
                ui.message("'" + text + "' is not here");
            }
        }, () -> ui.searched("")));
    }

    /** Goes to the next place that has what was searched for; asks for it where nothing was. */
    void findNext(boolean forward) {
        if (ui.searched().isEmpty()) {
            search();
        } else if (!ui.pane().find(ui.searched(), forward, false)) {
            ui.message("'" + ui.searched() + "' is not here");
        }
    }

    private void filterRows() {
        String before = shown().rowFilter();
        ui.overlay(new Prompt(ui, "Show rows with:", before, ui.run()::rowFilter, ui.run()::rowFilter,
                () -> ui.run().rowFilter(before)));
    }

    /** Asks for the filter of events, the whole of it. */
    void filterEvents() {
        filterEvents(shown().filter());
    }

    private void filterEvents(String initial) {
        ui.overlay(new Prompt(ui, "Filter:", initial, text -> {
        }, text -> {
            try {
                ui.run().eventFilter(text.strip());
            } catch (FilterException e) {
                filterEvents(text);
                ui.message(e.getMessage());
            }
        }, () -> ui.message("")));
    }

    private void chooseSorting() {
        if (!(ui.pane() instanceof TablePane table)) {
            return;
        }
        List<Choice> choices = new ArrayList<>();
        for (SampleColumn column : table.columns()) {
            choices.add(new Choice(column.name(), List.of(column.name(), "", column.help(), "", "Field: " + column.field())));
        }
        ui.overlay(new ListPanel(ui, "Sort by", choices, Math.max(0, shown().sortColumn()), false, ui.run()::sort));
    }

    /** Asks for a line's number. */
    void goToLine(LongConsumer goTo) {
        ui.overlay(new Prompt(ui, "Go to line:", "", text -> {
        }, text -> {
            try {
                goTo.accept(Math.max(1, Long.parseLong(text.strip().replace(",", ""))));
            } catch (NumberFormatException e) {
                ui.message("'" + text + "' is no number");
            }
        }, () -> ui.message("")));
    }

    /** Asks how buffers are shown. */
    void chooseFormat() {
        ui.overlay(new ListPanel(ui, "Show data as", FORMAT_NAMES, FORMATS.indexOf(format), false, chosen -> {
            format = FORMATS.get(chosen);
            ui.run().bufferFormat(format);
        }));
    }

    private void clear() {
        Shown now = shown();
        if (now.lines() != null || now.view() != null && now.view().type() == ViewDefinition.Type.LIST) {
            ui.run().clear();
        }
    }

    private void copyRow() {
        String text = ui.pane() instanceof TablePane table ? table.rowText() : null;
        if (text != null) {
            actions.copy(text);
            ui.message("row copied to the clipboard, if this terminal lets programs do so");
        }
    }

    // ---- actions

    private void chooseAction() {
        ViewDefinition view = shown().view();
        List<ViewAction> choices = view == null ? List.of() : view.actions();
        SampleRow row = ui.pane() instanceof TablePane table ? table.selectedRow() : null;
        if (choices.isEmpty() || row == null) {
            ui.message(choices.isEmpty() ? "no actions here" : "no row is selected");
            return;
        }
        ui.overlay(new ListPanel(ui, "Actions", choices.stream().map(each -> choice(each, row)).toList(), 0, true,
                chosen -> run(choices.get(chosen))));
    }

    private Choice choice(ViewAction action, SampleRow row) {
        String manner = (action.askConfirmation() ? "Asks first. " : "")
                + (action.waitFinish() ? "Waits for Enter at the end." : "");
        return new Choice(action.hotkey() + "  " + action.description(),
                List.of(action.description(), "", "  " + ui.run().command(action, row), "", manner));
    }

    private void run(ViewAction action) {
        SampleRow row = ui.pane() instanceof TablePane table ? table.selectedRow() : null;
        if (row == null) {
            ui.message("no row is selected");
            return;
        }
        String command = ui.run().command(action, row);
        Runnable start = () -> ui.message(actions.run(command, action.waitFinish()));
        if (action.askConfirmation()) {
            ui.overlay(new Question(ui, "Run '" + command + "'?", start));
        } else {
            start.run();
        }
    }

    // ---- time and files

    private void chooseTime() {
        if (shown().time().live()) {
            ui.message("a live trace has no time to choose: p pauses the screen, S saves the selection");
        } else if (shown().time().first() == 0) {
            ui.message("no event was read yet");
        } else {
            ui.overlay(new TimeSlider(ui));
        }
    }

    private void save() {
        if (saving != null && shown().time().live()) {
            write(null);
            return;
        }
        ui.overlay(new Prompt(ui, "Save the selection as:", "selection.scap", text -> {
        }, text -> {
            try {
                Path file = Path.of(text.strip());
                if (text.isBlank() || Files.isDirectory(file)) {
                    ui.message(text.isBlank() ? "nothing saved" : file + " is a directory");
                } else if (Files.exists(file)) {
                    ui.overlay(new Question(ui, "Write over " + file + "?", () -> write(file)));
                } else {
                    write(file);
                }
            } catch (InvalidPathException e) {
                ui.message("'" + text + "' is no file name");
            }
        }, () -> ui.message("nothing saved")));
    }

    private void write(Path file) {
        // first the message: what the run has to say of it comes later and replaces it
        ui.message(file == null ? "saved to " + saving
                : shown().time().live() ? "saving to " + file + " until S is pressed again" : "saving to " + file);
        try {
            ui.run().save(file);
            saving = file;
        } catch (IOException e) {
            ui.message(e.getMessage());
        }
    }

    private void commandLine() {
        String line = ui.run().commandLine();
        ui.overlay(new TextPage(ui, "Command Line", List.of("This prints what is on the screen:", "", "  " + line, "",
                "y copies it to the clipboard, if the terminal lets programs do so."), new MenuItem("y", "Copy", () -> {
                    actions.copy(line);
                    ui.message("command line copied to the clipboard, if this terminal lets programs do so");
                })));
    }

    // ---- texts

    private void help() {
        ui.overlay(new TextPage(ui, "Help", HelpText.LINES, null));
    }

    private void legend() {
        ViewDefinition view = shown().view();
        if (view == null) {
            help();
            return;
        }
        List<String> lines = about(view);
        if (!view.actions().isEmpty()) {
            lines.add("");
            lines.add("Actions");
            view.actions().forEach(action -> lines.add("  " + action.hotkey() + "  " + action.description()));
        }
        ui.overlay(new TextPage(ui, "Legend", lines, null));
    }
}
