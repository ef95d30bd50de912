using System.Globalization;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>No more is taken than the opened ampoules hold, where it is known what one holds. Of a line that was a mistake nothing was taken.</summary>
internal static class AmpouleCheck
{
    /// <summary>By property path of the draft.</summary>
    public static IEnumerable<(string Path, string Problem)> Of(Session session) =>
        from item in session.Cocktail.Select((line, at) => (line, at))
        let ampouleMl = item.line.Lot!.Product!.AmpouleMl
        where item.line.Mistake is null && item.line.VolumeMl > item.line.Ampoules * ampouleMl
        select ($"Lines[{item.at}].VolumeMl", string.Create(CultureInfo.InvariantCulture,
            $"{(item.line.Ampoules == 1 ? "One ampoule holds" : $"{item.line.Ampoules} ampoules hold")} {item.line.Ampoules * ampouleMl:0.####} ml, not {item.line.VolumeMl:0.####} ml. Correct the volume, or say how many are opened."));
}
