using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>Points stand where a needle may go: inside an area that is treated, on a view that shows it.</summary>
public static class MapCheck
{
    /// <summary>What the marks are and the technique does not make; null while they fit it. The technique is chosen freely, so this is said and shown in the record, not refused.</summary>
    public static string? Misfit(string? technique, IEnumerable<InjectionPoint> points) =>
        LayoutPatterns.Of(technique) is { } pattern && pattern.Misfits(points) ? (pattern.HasChannels() ? "points" : "channels") : null;

    /// <param name="session">The record as it is: what was kept once is not refused later.</param>
    internal static Failure.Invalid? WhyNot(SaveSessionDraft.Command command, Session session, RuleBook book)
    {
        var stood = session.Areas.SelectMany(area => area.Sites).SelectMany(site => site.Points).ToHashSet();
        for (var i = 0; i < command.Sites.Count; i++)
        {
            var site = command.Sites[i];
            if (!command.Areas.Contains(site.Area, StringComparer.Ordinal) || BodyView.FindShape(site.View, site.Area, site.Side) is not { } shape)
            {
                return new Failure.Invalid($"Sites[{i}].Points", "Points stand on an area that is not chosen, or that this drawing does not show.");
            }

            if (!site.Points.All(point => shape.Contains(point.On(shape.View))))
            {
                return new Failure.Invalid($"Sites[{i}].Points", $"{book.Areas[site.Area].Title}: a point lies outside the area. Take it away.");
            }

            if (site.Points.Any(point => point.On(shape.View).IsTooShort && !stood.Contains(point)))
            {
                return new Failure.Invalid($"Sites[{i}].Points", $"{book.Areas[site.Area].Title}: a channel is shorter than 1 mm. Take it away, and place its end further on.");
            }

            if (site.Done && session.StartedUtc is null && !WasDone(site, session))
            {
                return new Failure.Invalid($"Sites[{i}].Points", $"{book.Areas[site.Area].Title}: an area is done only once the injections have begun.");
            }
        }

        return null;
    }

    private static bool WasDone(SaveSessionDraft.Site site, Session session) =>
        session.Areas.Exists(area => area.Area == site.Area && area.Sites.Any(before => before.Done && before.View == site.View && before.Side == site.Side));
}
