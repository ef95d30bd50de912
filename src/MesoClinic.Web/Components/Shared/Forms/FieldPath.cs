using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Components.Shared.Forms;

/// <summary>Finds the field that a property path such as "Lines[0].Volume" names: the object that holds it, and its name.</summary>
internal static class FieldPath
{
    /// <summary>A path that leads nowhere belongs to the whole form, so that its message is shown in the summary and not lost.</summary>
    public static FieldIdentifier Find(object model, string path)
    {
        var owner = model;
        var steps = path.Split('.');
        for (var i = 0; i < steps.Length; i++)
        {
            var bracket = steps[i].IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? steps[i] : steps[i][..bracket];
            var property = owner.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase);
            if (property is null)
            {
                return new FieldIdentifier(model, "");
            }

            if (i == steps.Length - 1)
            {
                return new FieldIdentifier(owner, property.Name);
            }

            var next = bracket < 0 ? property.GetValue(owner) : Element(property.GetValue(owner), steps[i][(bracket + 1)..].TrimEnd(']'));
            if (next is null or ValueType)
            {
                return new FieldIdentifier(owner, property.Name);
            }

            owner = next;
        }

        return new FieldIdentifier(model, "");
    }

    private static object? Element(object? list, string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && list is IList items && at < items.Count ? items[at] : null;
}
