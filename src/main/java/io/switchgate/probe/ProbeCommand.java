package io.switchgate.probe;

import java.io.PrintStream;
import java.util.List;

/**
 * {@code probe ws://host/path}: makes a handshake and reports the result, without
 * starting the gateway.
 */
public final class ProbeCommand {

	/**
	 * First word of the command line.
	 */
	public static final String NAME = "probe";

	private static final int MISUSED = 2;

	private final PrintStream out;

	private final PrintStream err;

	/**
	 * Creates a command.
	 * @param out receives the result
	 * @param err receives errors in the command line
	 */
	public ProbeCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Runs the command.
	 * @param arguments arguments of the program, its name first
	 * @return exit status: 0 if the upgrade worked, 1 if there was none, 2 if the
	 * arguments cannot be understood, 3 if there was no connection, 4 if nothing came
	 * through the tunnel
	 */
	public int run(String... arguments) {
		List<String> words = List.of(arguments).subList(1, arguments.length);
		if (words.contains("--help")) {
			this.out.print(ProbeOptions.USAGE);
			return Attempt.GOOD;
		}
		try {
			return run(ProbeOptions.parse(words));
		}
		catch (MisuseException ex) {
			this.err.println(ex.getMessage());
			return MISUSED;
		}
	}

	private int run(ProbeOptions options) {
		Report report = new Report(this.out);
		Probe probe = new Probe(options);
		Attempt through = probe.attempt(options.target());
		report.print(through);
		if (options.against() != null) {
			report.line("");
			Attempt direct = probe.attempt(options.against());
			report.print(direct);
			report.line("");
			Comparison.of(through, direct, probe).print(report);
		}
		return through.exitStatus();
	}

}
