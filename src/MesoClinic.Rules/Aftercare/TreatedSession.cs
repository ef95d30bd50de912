namespace MesoClinic.Rules.Aftercare;

/// <summary>What aftercare needs to know of a session that was done.</summary>
/// <param name="End">When the session ended. All hours of aftercare count from here.</param>
/// <param name="Areas">Treatment areas; null or empty = not recorded, so rules for any area apply.</param>
/// <param name="Ingredients">Ingredients injected (ing-…); empty = nothing was injected; null = not recorded, so rules for any ingredient apply.</param>
public sealed record TreatedSession(DateTimeOffset End, IReadOnlyList<string>? Areas = null, IReadOnlyList<string>? Ingredients = null);
