package io.switchgate.bench.traffic;

import java.util.Map;

/**
 * An activity, of which a part is measured when it has settled.
 *
 * @param opener begins it
 */
record Talk(Opener opener) implements Scenario {

	private static final double KIBIBYTES_OF_MEBIBYTE = 1024;

	@Override
	public Map<Figure, Double> play(Crowd crowd, Pace pace) {
		Tally tally = new Tally();
		Activity activity = this.opener.open(crowd, tally);
		activity.open();
		crowd.run(activity::start);
		crowd.pass(pace.settle());
		Map<Figure, Double> figures = Moment.measure(crowd, tally, pace.measure());
		figures.put(Figure.MEMORY, crowd.meter().residentKibibytes() / KIBIBYTES_OF_MEBIBYTE);
		crowd.end(activity);
		return figures;
	}

	/**
	 * Prepares an activity.
	 */
	interface Opener {

		Activity open(Crowd crowd, Tally tally);

	}

}
