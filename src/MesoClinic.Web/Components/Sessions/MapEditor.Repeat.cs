using System.Globalization;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions.Mapping;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>As last time.</summary>
public sealed partial class MapEditor
{
    /// <summary>Nothing is laid out yet.</summary>
    public bool IsBlank => !Draft.Sites.Exists(site => site.Points.Count > 0);

    /// <summary>Takes over how it was done last time, and the points of those areas that are planned now. One step of undo. What it brings is judged like anything typed; nothing of it is done.</summary>
    public void Repeat(ListEarlierMaps.Map last)
    {
        ArgumentNullException.ThrowIfNull(last);
        Remember(plan: true);
        (Draft.Technique, Draft.Administration, Draft.InjectionSpeed) = (last.Technique ?? Draft.Technique, last.Administration ?? Draft.Administration, last.InjectionSpeed ?? Draft.InjectionSpeed);
        (Draft.NeedleOuterDiameterMm, Draft.DepthMm, Draft.VolumePerInjectionMl) = (last.NeedleOuterDiameterMm ?? Draft.NeedleOuterDiameterMm, last.DepthMm ?? Draft.DepthMm, last.VolumePerInjectionMl ?? Draft.VolumePerInjectionMl);
        foreach (var (area, was) in last.Areas.Where(area => Draft.Areas.Contains(area.Area)).SelectMany(area => area.Sites.Where(site => site.Points.Count > 0).Select(site => (area.Area, site))))
        {
            // A side that the drawings show no more is laid out anew by hand.
            if (BodyView.FindShape(was.View, area, was.Side) is not { } shape)
            {
                continue;
            }

            if (Of(shape) is not { } site)
            {
                Draft.Sites.Add(site = new SaveSessionDraft.Site { View = was.View, Area = area, Side = was.Side });
            }

            (site.Points, site.Done, site.DepthMm, site.VolumePerPointMl) = ([.. was.Points.Where(point => !point.On(shape.View).IsTooShort)], false, was.DepthMm, was.VolumePerPointMl);
        }

        (Entry, Problem, _wanted, _spacing) = (null, null, null, null);
        FollowMap();
        Said = string.Create(CultureInfo.InvariantCulture, $"As last time: {Draft.Points ?? 0} points laid out. Undo takes it back.");
    }

    /// <summary>What is typed beside the map.</summary>
    private sealed record Typed(
        string? Technique, string? Administration, string? Speed, decimal? NeedleMm, decimal? DepthMm, decimal? PointMl, Dictionary<SaveSessionDraft.Site, (decimal? DepthMm, decimal? PointMl)> Sites)
    {
        public static Typed Of(SaveSessionDraft.Command draft) => new(
            draft.Technique, draft.Administration, draft.InjectionSpeed, draft.NeedleOuterDiameterMm, draft.DepthMm, draft.VolumePerInjectionMl,
            draft.Sites.ToDictionary(site => site, site => (site.DepthMm, site.VolumePerPointMl)));

        public void PutBack(SaveSessionDraft.Command draft)
        {
            (draft.Technique, draft.Administration, draft.InjectionSpeed) = (Technique, Administration, Speed);
            (draft.NeedleOuterDiameterMm, draft.DepthMm, draft.VolumePerInjectionMl) = (NeedleMm, DepthMm, PointMl);
            foreach (var site in draft.Sites)
            {
                (site.DepthMm, site.VolumePerPointMl) = Sites.GetValueOrDefault(site);
            }
        }
    }
}
