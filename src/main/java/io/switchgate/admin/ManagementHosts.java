package io.switchgate.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;

/**
 * Names by which the management port may be called. A page of another site can let its
 * own name resolve to the gateway's address (DNS rebinding); a browser then takes both
 * for the same origin, but {@code Host} still has the page's name. IP addresses and names
 * without a dot are always allowed, because no other site can own one.
 */
final class ManagementHosts {

	private static final String ANY = "*";

	private static final Pattern WITHOUT_DOT = Pattern.compile("[a-z0-9_-]+");

	private final Set<String> names = new HashSet<>();

	private final List<String> suffixes;

	private final boolean any;

	ManagementHosts(List<String> hosts) {
		List<String> lowerCase = hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
		this.any = lowerCase.contains(ANY);
		this.suffixes = lowerCase.stream()
			.filter((host) -> host.startsWith("*."))
			.map((host) -> host.substring(ANY.length()))
			.toList();
		this.names.addAll(lowerCase);
		addMachine();
	}

	private void addMachine() {
		try {
			this.names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
		}
		catch (UnknownHostException ex) {
			// A machine that cannot resolve its own address is not called by its name.
		}
	}

	/**
	 * Returns whether a value of {@code Host} is allowed.
	 */
	boolean allow(String host) {
		String name = name(host);
		return this.any || isAddress(name) || isOfNobody(name) || this.names.contains(name)
				|| this.suffixes.stream().anyMatch(name::endsWith);
	}

	private static String name(String host) {
		int colon = host.lastIndexOf(':');
		String name = (colon > host.lastIndexOf(']')) ? host.substring(0, colon) : host;
		return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
	}

	private static boolean isAddress(String name) {
		boolean brackets = name.startsWith("[") && name.endsWith("]");
		return NetUtil.isValidIpV4Address(name)
				|| (brackets && NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1)));
	}

	private static boolean isOfNobody(String name) {
		return WITHOUT_DOT.matcher(name).matches() || name.endsWith(".localhost");
	}

}
