using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Components.Shared.Forms;

/// <summary>The fields of one form, in their order on the page: what the summary links to, and which hold a text that could not be read.</summary>
internal sealed class FormFields
{
    private readonly Dictionary<FieldIdentifier, string> _ids = [];
    private readonly HashSet<FieldIdentifier> _unreadable = [];

    public static FormFields Of(EditContext form)
    {
        if (form.Properties.TryGetValue(typeof(FormFields), out var found))
        {
            return (FormFields)found;
        }

        var fields = new FormFields();
        form.Properties[typeof(FormFields)] = fields;
        return fields;
    }

    public IEnumerable<(FieldIdentifier Field, string Id)> InOrder => _ids.Select(pair => (pair.Key, pair.Value));

    public void Register(FieldIdentifier field, string id) => _ids[field] = id;

    /// <summary>A text that cannot be read already has its message; "please enter" beside it would only confuse.</summary>
    public bool IsUnreadable(FieldIdentifier field) => _unreadable.Contains(field);

    public void SetUnreadable(FieldIdentifier field, bool unreadable)
    {
        if (unreadable)
        {
            _unreadable.Add(field);
        }
        else
        {
            _unreadable.Remove(field);
        }
    }

    public void Forget(FieldIdentifier field)
    {
        _ids.Remove(field);
        _unreadable.Remove(field);
    }
}
