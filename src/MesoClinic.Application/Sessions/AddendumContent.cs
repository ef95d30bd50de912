using System.Globalization;
using System.Text.Json;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>The canonical form of an addendum: what was added, by whom, and to which signed record.</summary>
internal static class AddendumContent
{
    public static string HashOf(Addendum addendum, string? record) => ContentHash.Hex(JsonSerializer.Serialize(new object?[]
    {
        "addendum/1", addendum.Id, addendum.SessionId, record, addendum.ById, DateTime.SpecifyKind(addendum.AtUtc, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture), addendum.Reason, addendum.Text, addendum.LotId,
    }));

    /// <summary>Whether it still is what was added; null in addenda older than the hash. To a record whose labels were kept whole none is older.</summary>
    public static bool? Holds(Addendum addendum, Session session) => addendum.ContentHash.Length > 0 ? HashOf(addendum, session.ContentHash) == addendum.ContentHash
        : session.Cocktail.Exists(line => line.LabelFreeOf is not null) ? false
        : null;
}
