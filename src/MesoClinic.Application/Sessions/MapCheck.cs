using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Rules;

namespace MesoClinic.Application.Sessions;

/// <summary>Points stand where a needle may go: inside an area that is treated, on a view that shows it.</summary>
internal static class MapCheck
{
    public static Failure.Invalid? WhyNot(SaveSessionDraft.Command command, RuleBook book)
    {
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
        }

        return null;
    }
}
