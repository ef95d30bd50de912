using MesoClinic.Web.Components.Shared;

namespace MesoClinic.Web.Components.Waitlist;

internal static class PlanningTabs
{
    public static readonly IReadOnlyList<TabLinks.Tab> All =
    [
        new("courses", "Courses"),
        new("waitlist", "Waitlist"),
        new("appointments/displaced", "To be moved"),
    ];
}
